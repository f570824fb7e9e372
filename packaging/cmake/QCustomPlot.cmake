# flotilla_qcustomplot: QCustomPlot built for Qt 6. Debian's -dev package may link either build, so the one for Qt 6 is
# named by its file.
find_package(Qt6 6.4 REQUIRED COMPONENTS PrintSupport)
find_path(QCUSTOMPLOT_INCLUDE_DIR qcustomplot.h REQUIRED)
find_library(QCUSTOMPLOT_LIBRARY NAMES libQCustomPlotQt6.so libQCustomPlotQt6.so.2.1 REQUIRED)
add_library(flotilla_qcustomplot INTERFACE)
target_include_directories(flotilla_qcustomplot SYSTEM INTERFACE ${QCUSTOMPLOT_INCLUDE_DIR})
target_compile_definitions(flotilla_qcustomplot INTERFACE QCUSTOMPLOT_USE_LIBRARY)
target_link_libraries(flotilla_qcustomplot INTERFACE ${QCUSTOMPLOT_LIBRARY} Qt6::PrintSupport Qt6::Widgets)
